// Suggestions below a search box, as an ARIA combobox with a list: arrow keys move, Enter takes,
// Escape closes. Without this script the box is a plain form.

const WAIT_MS = 120;
const HANGUL_OR_MORE = /[ㄱ-ㅎ가-힣]|[^\s]{2,}/;

class Suggestions {
  constructor(form) {
    this.form = form;
    this.box = form.querySelector("input[name=q]");
    this.list = this.makeList();
    this.status = this.makeStatus();
    this.current = -1;
    this.asked = "";
    this.box.setAttribute("role", "combobox");
    this.box.setAttribute("aria-autocomplete", "list");
    this.box.setAttribute("aria-expanded", "false");
    this.box.setAttribute("aria-controls", this.list.id);
    this.box.addEventListener("input", () => this.askSoon());
    this.box.addEventListener("keydown", (event) => this.press(event));
    this.box.addEventListener("blur", () => setTimeout(() => this.close(), 150));
  }

  makeList() {
    const list = document.createElement("ul");
    list.id = `${this.box.id}-list`;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", this.form.dataset.suggestCount);
    list.hidden = true;
    this.box.after(list);
    return list;
  }

  makeStatus() {
    const status = document.createElement("span");
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    this.form.append(status);
    return status;
  }

  askSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT_MS);
  }

  async ask() {
    const typed = this.box.value.trim();
    if (!HANGUL_OR_MORE.test(typed)) return this.close();
    this.asked = typed;
    try {
      const answer = await fetch(`${this.form.dataset.suggest}?q=${encodeURIComponent(typed)}`);
      const found = answer.ok ? await answer.json() : [];
      if (this.asked === typed) this.show(found);
    } catch {
      this.close();
    }
  }

  show(found) {
    this.current = -1;
    this.box.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...found.map((one, place) => this.option(one, place)));
    const isOpen = found.length > 0 && document.activeElement === this.box;
    this.list.hidden = !isOpen;
    this.box.setAttribute("aria-expanded", String(isOpen));
    const { suggestCount, suggestNone } = this.form.dataset;
    this.status.textContent = isOpen ? `${found.length}. ${suggestCount}` : suggestNone;
  }

  option(one, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const title = document.createElement("span");
    title.textContent = one.title;
    const kind = document.createElement("small");
    kind.textContent = one.kind;
    option.append(title, kind);
    option.dataset.url = one.url;
    option.addEventListener("mousedown", (event) => event.preventDefault());
    option.addEventListener("click", () => this.take(option));
    return option;
  }

  press(event) {
    if (event.isComposing || this.list.hidden) return;
    const options = [...this.list.children];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.choose(this.stepped(step, options.length), options);
    } else if (event.key === "Enter" && options[this.current]) {
      this.take(options[this.current]);
    } else if (event.key === "Escape") {
      this.close();
      event.stopPropagation();
    } else {
      return;
    }
    event.preventDefault();
  }

  stepped(step, count) {
    const from = this.current < 0 ? count : this.current;
    return (from + step + count + 1) % (count + 1);
  }

  // The place behind the last option is the box itself.
  choose(place, options) {
    this.current = place;
    options.forEach((option, number) =>
      option.setAttribute("aria-selected", String(number === place)),
    );
    if (options[place]) this.box.setAttribute("aria-activedescendant", options[place].id);
    else this.box.removeAttribute("aria-activedescendant");
    options[place]?.scrollIntoView({ block: "nearest" });
  }

  take(option) {
    if (option.dataset.url) {
      location.assign(option.dataset.url);
      return;
    }
    this.box.value = option.firstChild.textContent;
    this.form.requestSubmit();
  }

  close() {
    this.asked = "";
    this.current = -1;
    this.list.hidden = true;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
  }
}

document.querySelectorAll("form[data-suggest]").forEach((form) => new Suggestions(form));

// The door in the header gives the focus to its box.
document.querySelectorAll(".search-door").forEach((door) =>
  door.addEventListener("toggle", () => door.open && door.querySelector("input").focus()),
);
