// Keeps what somebody writes at a desk, so that a lost connection or a closed window loses nothing,
// and says in time that a session which nobody uses will end.

const EVERY_MILLISECONDS = 20_000;

// A file that is too large would be sent for minutes and then refused.
function startSizeCheck(input) {
  const words = document.createElement("p");
  words.className = "field-error";
  words.setAttribute("role", "alert");
  words.hidden = true;
  input.before(words);
  const isTooLarge = () =>
    [...input.files].some((file) => file.size > Number(input.dataset.mostBytes));
  input.addEventListener("change", () => {
    words.hidden = !isTooLarge();
    words.textContent = isTooLarge() ? input.dataset.tooLarge : "";
    input.setAttribute("aria-invalid", String(isTooLarge()));
  });
  input.form.addEventListener("submit", (event) => {
    if (!isTooLarge()) return;
    event.preventDefault();
    input.focus();
  });
}

document.querySelectorAll("input[data-most-bytes]").forEach(startSizeCheck);

function startAutosave(form) {
  const status = form.querySelector("[data-autosave-status]");
  let isChanged = false;
  form.addEventListener("input", () => {
    isChanged = true;
  });
  form.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) isChanged = false;
  });
  const keep = async () => {
    if (!isChanged) return;
    isChanged = false;
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: wordsOf(form) });
    if (answer.status !== 204) {
      isChanged = true;
      // Without a session the guard leads to the sign-in; a form token of another one is refused.
      const isOut = answer.redirected || answer.status === 400;
      status.textContent = isOut ? status.dataset.signedOut : status.dataset.failed;
      return;
    }
    tell(status);
    document.dispatchEvent(new Event("kept"));
  };
  const keepQuietly = () =>
    keep().catch(() => {
      isChanged = true;
      status.textContent = status.dataset.failed;
    });
  setInterval(keepQuietly, EVERY_MILLISECONDS);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keepQuietly();
  });
}

// Files are not sent again and again; they come with the form itself.
function wordsOf(form) {
  const words = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") words.append(name, value);
  }
  return words;
}

function tell(status) {
  const now = new Date();
  const time = [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, "0"));
  status.textContent = `${status.dataset.saved} ${time.join(":")}`;
}

document.querySelectorAll("form[data-autosave]").forEach(startAutosave);

// What is new has no row yet in which it could be kept: who leaves is asked once.
function startLeaving(form) {
  let isTyped = form.dataset.unsaved === "typed";
  form.addEventListener("input", () => {
    isTyped = true;
  });
  form.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) isTyped = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (isTyped) event.preventDefault();
  });
}

document.querySelectorAll("form[data-unsaved]").forEach(startLeaving);

const MINUTE = 60_000;
const WARNED_MINUTES = 5;

// Every answer of the server begins the time anew; so do what was kept and the button.
function startSessionEnd(box) {
  const wait = Math.max(0, box.dataset.sessionMinutes - WARNED_MINUTES) * MINUTE;
  let timer;
  const begin = () => {
    box.hidden = true;
    clearTimeout(timer);
    timer = setTimeout(() => (box.hidden = false), wait);
  };
  box.querySelector("button").addEventListener("click", async () => {
    const answer = await fetch(box.dataset.sessionPage).catch(() => null);
    if (answer?.ok && !answer.redirected) begin();
    // What was typed stays in this page; signing in happens in another one.
    else window.open(box.dataset.sessionPage);
  });
  document.addEventListener("kept", begin);
  begin();
}

document.querySelectorAll("[data-session-minutes]").forEach(startSessionEnd);
