// The tabs of one person open together, as they close together: one that was opened with the PIN hands its key to those that
// are locked. It goes from memory to memory, between pages of this very origin.

/** @import { Phone } from "../pages/phone.js" */

/** @param {Phone} phone */
export function openTogether(phone) {
  phone.onChange(async (what) => {
    const { shelf } = phone;
    if (what !== "open" || !shelf || shelf.isOpen) return;
    let isClosed = false; // again, while the key was on its way
    const leave = shelf.onChange((heard) => (isClosed ||= heard === "closed"));
    const isOpen = await shelf.openFromOtherTab().catch(() => false);
    leave();
    if (isOpen && isClosed) shelf.close();
  });
}
