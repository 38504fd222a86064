/* The bar that takes an answer back goes when the answer leaves. */

const bar = document.querySelector("form[data-undo]");

if (bar) setTimeout(() => (bar.hidden = true), Number(bar.dataset.undo) * 1000);
