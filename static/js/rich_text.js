// Buttons above a text in Markdown: each writes its mark at the selection. Without script the text
// box stays as it is, and the marks are typed.

// What each button writes in place of the selection, and which part of it is selected afterwards.
const marks = {
  bold: (words) => ["**", words, "**"],
  link: (words) => ["[", words, "](https://)"],
  heading: (words) => ["## ", words, ""],
  list: (words) => ["- ", words.replaceAll("\n", "\n- "), ""],
  table: (words) => ["| ", words, ` |  |\n| --- | --- |\n|  |  |`],
};
const blocks = new Set(["heading", "list", "table"]);

// Typed text can be undone by the reader's own key; a browser without this command just gets it.
function write(box, text) {
  box.focus();
  if (document.execCommand("insertText", false, text)) return;
  box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

// A block stands on lines of its own, parted from other text by an empty line.
function gapBefore(text) {
  if (text === "" || text.endsWith("\n\n")) return "";
  return text.endsWith("\n") ? "\n" : "\n\n";
}

function gapAfter(text) {
  if (text === "" || text.startsWith("\n\n")) return "";
  return text.startsWith("\n") ? "\n" : "\n\n";
}

function writeMark(box, mark, sample) {
  const { value, selectionStart: start, selectionEnd: end } = box;
  const [before, words, after] = marks[mark](value.slice(start, end) || sample);
  const isBlock = blocks.has(mark);
  const head = (isBlock ? gapBefore(value.slice(0, start)) : "") + before;
  write(box, head + words + after + (isBlock ? gapAfter(value.slice(end)) : ""));
  box.setSelectionRange(start + head.length, start + head.length + words.length);
}

// A footnote has two places: its number at the end of the selection, and its text at the end.
function writeFootnote(box, sample) {
  const numbers = [...box.value.matchAll(/\[\^(\d+)\]/g)].map((match) => Number(match[1]));
  const sign = `[^${Math.max(0, ...numbers) + 1}]`;
  box.setSelectionRange(box.selectionEnd, box.selectionEnd);
  write(box, sign);
  box.setSelectionRange(box.value.length, box.value.length);
  write(box, `${gapBefore(box.value)}${sign}: ${sample}`);
  box.setSelectionRange(box.value.length - sample.length, box.value.length);
}

function startToolbar(bar) {
  const box = document.getElementById(bar.dataset.toolbar);
  bar.querySelectorAll("[data-mark]").forEach((button) => {
    const { mark, words } = button.dataset;
    button.addEventListener("click", () =>
      mark === "footnote" ? writeFootnote(box, words) : writeMark(box, mark, words),
    );
  });
  bar.hidden = false;
}

document.querySelectorAll("[data-toolbar]").forEach(startToolbar);
