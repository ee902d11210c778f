// What every page of the workbench does beyond what its forms and links do without a script.
"use strict";

// A form that asks (GET) leaves fields that are empty out of the address.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "get") return;
  for (const field of form.querySelectorAll("input[name], select[name]")) {
    if (field.value === "") field.disabled = true;
  }
  setTimeout(() => form.querySelectorAll(":disabled").forEach((field) => { field.disabled = false; }), 0);
});

// After something was done, what is said of it is read out and can be reached.
const said = document.querySelector("[role=status]");
if (said && said.textContent.trim()) said.focus();

// Of a form that could not be done, the field at fault has the focus; where none is known, what is wrong.
const wrong = document.getElementById("wrong");
if (wrong && !document.querySelector("[aria-invalid=true]")) wrong.focus();
