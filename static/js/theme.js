// Sets the reader's own display choice before the first paint; the system decides without one.
(function () {
  try {
    var choice = localStorage.getItem("display");
    var root = document.documentElement;
    if (choice === "light" || choice === "dark") root.dataset.theme = choice;
    if (choice === "contrast") root.dataset.contrast = "high";
  } catch (error) {
    // Storage may be forbidden; then the page simply follows the system.
  }
})();
