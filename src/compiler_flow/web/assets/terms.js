"use strict";
// From a selection in the text into the glossary.
(() => {
  const dialog = document.getElementById("term");
  if (!dialog) return;
  let picked = { source: "", target: "" };
  const pick = () => {
    const selection = document.getSelection();
    const side = selection.anchorNode?.parentElement?.closest("#units .side");
    const text = selection.toString().trim();
    if (side && text && text.length <= 200) picked[side.matches(".source") ? "source" : "target"] = text;
  };
  document.addEventListener("selectionchange", pick);
  document.addEventListener("click", (event) => {
    const offer = event.target.closest("[data-offer]");
    if (!offer) return;
    picked = { source: offer.dataset.offer, target: offer.dataset.rendering };
    open();
  });
  document.addEventListener("term", () => {
    // A quick hand is here before the event.
    pick();
    open();
  });
  const open = () => {
    for (const side of ["source", "target"]) dialog.querySelector(`[name=${side}]`).value = picked[side];
    dialog.querySelector("[name=kind]").value = picked.target.includes("·") ? "person" : "other";
    picked = { source: "", target: "" };
    dialog.showModal();
    dialog.querySelector(dialog.querySelector("[name=source]").value ? "[name=target]" : "[name=source]").focus();
  };
  dialog.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const trouble = form.querySelector(".trouble");
    let told = document.body.dataset.lost;
    let ok = false;
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Fragment": "1" } });
      [ok, told] = [answer.ok, (await answer.text()).trim()];
    } catch {
      // What was typed stays in its fields.
    }
    trouble.hidden = ok;
    trouble.textContent = ok ? "" : told;
    if (!ok) return;
    dialog.close();
    form.reset();
    document.dispatchEvent(new CustomEvent("say", { detail: told }));
  });
})();
