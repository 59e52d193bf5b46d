// Conveniences only: every action works without this file.
(() => {
  "use strict";

  // Filters send themselves when a choice changes: <form method="get" data-auto-submit> (or data-autosubmit).
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto-submit], form[data-autosubmit]");
    if (form) form.requestSubmit();
  });

  // <form data-confirm="question"> or <button data-confirm="question"> asks first.
  const dialog = document.getElementById("confirm");
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
      if (!question || !dialog?.showModal || form.dataset.confirmed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      dialog.querySelector("#confirm-text").textContent = question;
      dialog.returnValue = "no";
      dialog.addEventListener(
        "close",
        () => {
          if (dialog.returnValue !== "yes") return;
          form.dataset.confirmed = "yes";
          form.requestSubmit(event.submitter);
          delete form.dataset.confirmed;
        },
        { once: true },
      );
      dialog.showModal();
    },
    true,
  );

  // A second click does not send a second time.
  const busy = new WeakSet();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || "repeatable" in form.dataset) return; // downloads leave the page where it is
    if (busy.has(form)) {
      event.preventDefault();
      return;
    }
    if (event.defaultPrevented) return; // htmx sends it and has its own queue
    busy.add(form);
    form.querySelectorAll("[type=submit]").forEach((button) => button.setAttribute("aria-disabled", "true"));
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload(); // back to a page whose data may have moved on
  });

  // Menus close with Escape and with a click elsewhere.
  const openMenus = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("click", (event) => {
    openMenus().forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
  });
  document.addEventListener("focusin", (event) => {
    // An open menu would cover what the keyboard has gone on to.
    openMenus().forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    openMenus().forEach((menu) => {
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    });
  });

  // <button data-add-row="prefix"> copies the formset's empty row.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-add-row]");
    if (!button) return;
    const prefix = button.dataset.addRow;
    const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
    const blank = document.getElementById(`${prefix}-empty`);
    const body = document.getElementById(`${prefix}-rows`);
    body.insertAdjacentHTML("beforeend", blank.innerHTML.replaceAll("__prefix__", total.value));
    total.value = Number(total.value) + 1;
    body.lastElementChild.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });

  // <button data-print> prints.
  document.addEventListener("click", (event) => {
    if (event.target.closest("button[data-print]")) window.print();
  });

  // A live region speaks of changes only: what a page brings with it is said once it is there.
  const spoken = document.getElementById("spoken");
  const brought = [...document.querySelectorAll("#notices .notice, main [role=status]")];
  if (spoken && brought.length) {
    window.setTimeout(() => {
      spoken.textContent = brought.map((notice) => notice.innerText).join("\n");
    }, 200);
  }

  // Take the reader to what went wrong.
  document.querySelector(".error-summary")?.focus();
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "notices") {
      event.detail.target.scrollIntoView({ block: "center" });
      event.detail.target.focus();
    }
  });
  document.addEventListener("htmx:sendError", () => announce(document.body.dataset.offline));
  document.addEventListener("htmx:responseError", () => announce(document.body.dataset.failed));

  function announce(text) {
    const notices = document.getElementById("notices");
    if (!notices || !text) return;
    const notice = document.createElement("div");
    notice.className = "notice notice--error";
    notice.textContent = text;
    notices.replaceChildren(notice);
    notices.focus();
  }
})();
