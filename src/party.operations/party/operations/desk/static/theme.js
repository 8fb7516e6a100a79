/* Light or dark, before the first paint: the reader's choice in this browser, else that of the system. */
(function () {
  "use strict";
  const KEY = "party:theme";
  const system = matchMedia("(prefers-color-scheme: dark)");
  const kept = () => { try { return localStorage.getItem(KEY) || ""; } catch (error) { return ""; } };
  const apply = () => { document.documentElement.dataset.bsTheme = kept() || (system.matches ? "dark" : "light"); };

  apply();
  system.addEventListener("change", apply);
  addEventListener("storage", apply);
  document.addEventListener("DOMContentLoaded", () => {
    for (const choice of document.querySelectorAll("input[name=party-theme]")) {
      choice.checked = choice.value === kept();
      choice.addEventListener("change", () => {
        if (choice.value) localStorage.setItem(KEY, choice.value); else localStorage.removeItem(KEY);
        apply();
      });
    }
  });
})();
