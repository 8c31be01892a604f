// Keeps what somebody writes at a desk, so that a lost connection or a closed window loses nothing.

const EVERY_MILLISECONDS = 20_000;

function startAutosave(form) {
  const status = form.querySelector("[data-autosave-status]");
  let isChanged = false;
  form.addEventListener("input", () => {
    isChanged = true;
  });
  form.addEventListener("submit", () => {
    isChanged = false;
  });
  const keep = async () => {
    if (!isChanged) return;
    isChanged = false;
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: wordsOf(form) });
    if (answer.status === 204) tell(status);
    else isChanged = true;
  };
  const keepQuietly = () => keep().catch(() => (isChanged = true));
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
