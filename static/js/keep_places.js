// Presses the button that keeps held places once the page of a letter's link is open.
// Programs that only look at links, such as mail scanners, run no scripts: they keep nothing.
const form = document.querySelector("form[data-keep-places]");
if (form && document.visibilityState === "visible") {
  form.requestSubmit();
}
