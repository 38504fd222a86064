/* The bar that takes an answer back goes when the answer leaves. */

const bar = document.querySelector("form[data-undo]");

if (bar) {
  const left = Date.parse(bar.dataset.undo) - Date.now();
  setTimeout(() => (bar.hidden = true), Math.min(Math.max(left, 0), 10000));
}
