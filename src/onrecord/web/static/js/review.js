// Review by keyboard. Everything that a key does is done by a button, a link or a <summary> with data-key.
{
  const store = "onrecord-keys-off";
  const toggle = document.getElementById("keys-on");
  const off = () => { try { return localStorage.getItem(store) === "1"; } catch { return false; } };

  if (toggle) {
    document.getElementById("keys-switch").hidden = false;
    toggle.checked = !off();
    toggle.addEventListener("change", () => {
      try { localStorage.setItem(store, toggle.checked ? "0" : "1"); } catch { /* it then holds for this page */ }
    });
  }

  const typing = (at) => at instanceof Element && at.matches("input:not([type=checkbox]), select, textarea, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === "Escape") {
      const open = event.target instanceof Element ? event.target.closest("details[open].act") : null;
      if (open) {
        open.open = false;
        open.querySelector("summary").focus();
      }
      return;
    }
    // No single key does anything where it was turned off (WCAG 2.1.4), nor where one writes.
    if (typing(event.target) || off() || (toggle && !toggle.checked)) return;
    const found = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
    if (!found) return;
    event.preventDefault();
    if (found.tagName === "SUMMARY") {
      const details = found.parentElement;
      details.open = true;
      const field = details.querySelector("form select, form input:not([type=hidden])");
      (field || found).focus();
    } else {
      found.click();
    }
  });

  // A form that was sent is not sent again while the answer is on its way.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || !form.matches(".judge, .several, .steps-on form, .undo")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("[data-sent]").forEach((form) => { delete form.dataset.sent; });
  });

  // Where nothing was said, what is read out first is the statement at hand.
  const hand = document.getElementById("case");
  if (hand && !document.querySelector("[role=status], [role=alert]") && location.search.includes("at=")) hand.focus();

  const all = document.getElementById("tick-all");
  if (all) {
    document.getElementById("tick-all-row").hidden = false;
    all.addEventListener("change", () => {
      document.querySelectorAll(".ticks input[name=statement]").forEach((one) => { one.checked = all.checked; });
    });
  }
}
