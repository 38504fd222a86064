/* The number of products in the visitor's inquiry list, beside the link to it: kept pages are the same for everyone,
   so the number comes from the cookie "list_count". */

function listCount() {
  const found = document.cookie.match(/(?:^|;\s*)list_count=(\d{1,4})(?:;|$)/);
  return found ? Number(found[1]) : 0;
}

function showListCount() {
  const count = listCount();
  for (const link of document.querySelectorAll("[data-list-count]")) {
    let badge = link.querySelector("b");
    if (!badge) {
      badge = document.createElement("b");
      badge.className = "num";
      link.append(badge);
    }
    badge.hidden = count === 0;
    badge.textContent = count;
  }
}

showListCount();
addEventListener("pageshow", showListCount);
addEventListener("list-changed", showListCount);
