/* Many rows at once: each is one request with an answer of its own, and what was not done is told with its reason. */
(function () {
  "use strict";
  const bar = document.getElementById("party-many");
  if (!bar) return;
  const dialog = document.getElementById("party-many-transfer");
  const report = document.getElementById("party-many-report");
  const list = document.querySelector(".party-pane-list");
  const boxes = () => [...list.querySelectorAll("tbody input[type=checkbox]")];
  const chosen = () => boxes().filter((box) => box.checked).map((box) => box.closest("tr"));
  const nameOf = (row) => row.querySelector(".abstract a").textContent.trim();

  function show() {
    const count = chosen().length;
    bar.hidden = !count;
    bar.querySelector("[data-chosen]").textContent = party.text("chosen", { count });
    for (const row of list.querySelectorAll("tbody tr")) {
      const box = row.querySelector("input[type=checkbox]");
      row.classList.toggle("chosen", Boolean(box && box.checked));
    }
    const all = list.querySelector("thead input[type=checkbox]");
    if (all) { all.checked = count > 0 && count === boxes().length; all.indeterminate = count > 0 && !all.checked; }
  }

  list.addEventListener("change", (event) => {
    if (event.target.matches("thead input[type=checkbox]")) boxes().forEach((box) => { box.checked = event.target.checked; });
    show();
  });
  // the room around a box belongs to it
  list.addEventListener("click", (event) => {
    const box = event.target.matches(".box") && event.target.querySelector("input");
    if (box) box.click();
  });
  bar.querySelector("[data-none]").addEventListener("click", () => { boxes().forEach((box) => { box.checked = false; }); show(); });

  async function done() {
    document.dispatchEvent(new Event("party:changed"));
    await party.refreshList();
    show();
  }

  /* --- seen ------------------------------------------------------------------------------------------------------------ */
  const seen = bar.querySelector("[data-seen]");
  if (seen) seen.addEventListener("click", async () => {
    const slips = chosen().map((row) => row.dataset.slip).filter(Boolean);
    const answer = await party.post("@@mark-read", { slips: slips.join(",") });
    if (!answer.ok) { party.toast(party.text("unreachable"), true); return; }
    party.toast(party.text("seen", { count: slips.length }));
    await done();
  });

  /* --- passed on --------------------------------------------------------------------------------------------------------- */
  const transfer = bar.querySelector("[data-transfer]");
  if (transfer) transfer.addEventListener("click", () => {
    const form = dialog.querySelector("form");
    form.reset();
    dialog.querySelector(".party-picked").replaceChildren();
    dialog.querySelector("input[data-suggest]").dataset.suggest = `${party.home}/d/${chosen()[0].dataset.uid}/@@addressees.json`;
    dialog.querySelector("[role=alert]").hidden = true;
    dialog.querySelector("[data-chosen]").textContent = party.text("chosen", { count: chosen().length });
    dialog.showModal();
  });

  async function passOn(row, fields) {
    try {
      const answer = await party.post("@@pass-on", { ...fields, document: row.dataset.uid });
      if (answer.ok) return "";
      const said = await answer.json();
      return (said.error && said.error.message) || said.message || party.text("unreachable");
    } catch (error) { return party.text("unreachable"); }
  }

  function tells(outcomes) {
    const done = outcomes.filter(([, reason]) => !reason).length;
    report.querySelector("[data-sum]").textContent = party.text("passed-on", { done, count: outcomes.length });
    report.querySelector("ul").replaceChildren(...outcomes.map(([name, reason]) => {
      const item = document.createElement("li");
      item.className = reason ? "late" : "";
      item.append(Object.assign(document.createElement("strong"), { textContent: party.text(reason ? "not-done" : "done") }),
        " ", Object.assign(document.createElement("span"), { textContent: name }));
      if (reason) item.append(Object.assign(document.createElement("small"), { textContent: reason }));
      return item;
    }));
    report.showModal();
  }

  if (dialog) dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    if (event.submitter && event.submitter.value === "no") { dialog.close(); return; }
    const to = [...form.querySelectorAll("[name=to]")].map((each) => each.value);
    const alert = dialog.querySelector("[role=alert]");
    alert.hidden = to.length === 1;
    if (to.length !== 1) return;
    const fields = { to: to[0], capacity: form.elements.capacity.value, directive: form.elements.directive.value, deadline: form.elements.deadline.value };
    const rows = chosen();
    const progress = dialog.querySelector("progress");
    const button = form.querySelector("[value=yes]");
    progress.max = rows.length;
    progress.value = 0;
    progress.hidden = false;
    button.disabled = true;
    const outcomes = [];
    for (const row of rows) {
      outcomes.push([nameOf(row), await passOn(row, fields)]);
      progress.value = outcomes.length;
    }
    progress.hidden = true;
    button.disabled = false;
    dialog.close();
    tells(outcomes);
    await done();
  });
  report.querySelector("button").addEventListener("click", () => report.close());

  show();
  party.wire((root) => { if (root === list) show(); });
})();
