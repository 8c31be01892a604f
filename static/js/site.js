// Comfort on top of pages that work without script. Each part looks for its own mark in the page.

const find = (selector) => document.querySelector(selector);
const findAll = (selector) => [...document.querySelectorAll(selector)];

// Display buttons: as my device, light, dark, high contrast.
function currentDisplay() {
  const { theme, contrast } = document.documentElement.dataset;
  return contrast === "high" ? "contrast" : theme || "system";
}

function showDisplay(choice) {
  const { dataset } = document.documentElement;
  delete dataset.theme;
  delete dataset.contrast;
  if (choice === "light" || choice === "dark") dataset.theme = choice;
  if (choice === "contrast") dataset.contrast = "high";
}

function keepDisplay(choice) {
  try {
    if (choice === "system") localStorage.removeItem("display");
    else localStorage.setItem("display", choice);
  } catch {
    // The choice then lasts for this page only.
  }
}

function startDisplay() {
  const box = find("[data-display]");
  if (!box) return;
  const buttons = [...box.querySelectorAll("button")];
  const mark = () =>
    buttons.forEach((button) =>
      button.setAttribute("aria-pressed", String(button.value === currentDisplay())),
    );
  buttons.forEach((button) =>
    button.addEventListener("click", () => {
      showDisplay(button.value);
      keepDisplay(button.value);
      mark();
    }),
  );
  mark();
  box.hidden = false;
}

// Phone menu: Esc closes it and gives the focus back; a press outside closes it too.
function startMenu(menu) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
}

// Share: the system's own sheet where there is one, else the address is copied.
async function share(status) {
  const url = find("link[rel=canonical]")?.href || location.href;
  try {
    if (navigator.share) {
      await navigator.share({ title: document.title, url });
      return;
    }
    await navigator.clipboard.writeText(url);
    status.textContent = status.dataset.copied;
  } catch (error) {
    if (error.name !== "AbortError") status.textContent = status.dataset.failed;
  }
}

function startShare() {
  const button = find("[data-share]");
  const status = find("[data-share-status]");
  if (!button || !status) return;
  button.addEventListener("click", () => share(status));
  button.hidden = false;
}

// Copy: the address of a feed goes to the clipboard; where that is not allowed it is selected.
async function copyField(button) {
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    button.parentElement.querySelector("[role=status]").textContent = button.dataset.copied;
  } catch {
    field.focus();
  }
}

function startCopy() {
  findAll("[data-copy]").forEach((button) => {
    button.addEventListener("click", () => copyField(button));
    button.hidden = false;
  });
}

// Copy link: the address of one part of the page, such as an article of an ordinance.
async function copyLink(button) {
  const page = find("link[rel=canonical]")?.href || location.href;
  try {
    await navigator.clipboard.writeText(new URL(`#${button.dataset.copyLink}`, page).href);
    button.textContent = button.dataset.copied;
  } catch {
    location.hash = button.dataset.copyLink;
  }
}

function startCopyLink() {
  findAll("[data-copy-link]").forEach((button) => {
    button.addEventListener("click", () => copyLink(button));
    button.hidden = false;
  });
}

function startPrint() {
  findAll("[data-print]").forEach((button) => {
    button.addEventListener("click", () => window.print());
    button.hidden = false;
  });
  findAll("[data-printed-on]").forEach((place) => {
    const day = new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
    place.textContent = `${place.dataset.printedOn} ${day}`;
  });
}

// A form that came back with errors: the summary takes the focus and is read at once.
function startErrorSummary() {
  find("[data-error-summary]")?.focus();
}

// Month grid: arrow keys go from day to day, Home and End to the ends of the week.
const steps = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

function neighbour(cell, key) {
  const rows = [...cell.closest("tbody").rows];
  const row = rows.indexOf(cell.parentElement);
  if (key === "Home") return rows[row].cells[0];
  if (key === "End") return rows[row].cells[6];
  const [down, right] = steps[key];
  const place = row * 7 + cell.cellIndex + down * 7 + right;
  return place < 0 ? undefined : rows[Math.floor(place / 7)]?.cells[place % 7];
}

function focusDay(cell) {
  const link = cell.querySelector("a");
  if (!link) cell.tabIndex = -1;
  (link || cell).focus();
}

function startMonth() {
  find("[data-month]")?.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td");
    const known = event.key in steps || event.key === "Home" || event.key === "End";
    if (!cell || !known || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = neighbour(cell, event.key);
    if (!next) return;
    event.preventDefault();
    focusDay(next);
  });
}

// The typeface comes in slices. When a Korean page is at rest, three more slices that most other
// pages need are fetched, named by one letter of each, so that the next page comes quickly.
function startLetters() {
  if (document.documentElement.lang !== "ko" || navigator.connection?.saveData) return;
  const fetchLetters = () => document.fonts.load("1em 'Pretendard GOV Variable'", "¢갭긋");
  addEventListener("load", () => (window.requestIdleCallback ?? setTimeout)(fetchLetters));
}

startLetters();
startDisplay();
findAll("[data-menu]").forEach(startMenu);
startShare();
startCopy();
startCopyLink();
startPrint();
startErrorSummary();
startMonth();
