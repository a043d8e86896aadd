// What the phone itself can't do, by a stable code; the words for it come with the page.

export class Refusal extends Error {
  /**
   * @param {string} code
   * @param {Record<string, any>} [facts]
   */
  constructor(code, facts = {}) {
    super(code);
    this.name = "Refusal";
    this.code = code;
    this.facts = facts;
  }
}
