/* A ready reply is put in where the cursor stands, in both languages, without a new page; and sheets close when one presses beside them. */

for (const button of document.querySelectorAll("[data-text][data-translation]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const form = button.form;
    put(form.elements["answer-translation"], button.dataset.translation);
    put(form.elements["answer-text"], button.dataset.text);
    button.closest("details").open = false;
  });
}

function put(field, text) {
  const { value, selectionStart: start, selectionEnd: end } = field;
  const at = value === "" ? 0 : start;
  field.focus();
  field.setRangeText(text, at, value === "" ? 0 : end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

const sheets = [...document.querySelectorAll("details.reply-more")];

addEventListener("click", (event) => {
  for (const sheet of sheets) if (sheet.open && !sheet.contains(event.target)) sheet.open = false;
});
addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && sheets.find((sheet) => sheet.open);
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
