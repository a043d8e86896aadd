// Cache Storage for the tests of the second home.

/** A browser's Cache Storage, as far as it is asked here. */
export class Storage {
  named = new Map();
  async open(name) {
    if (!this.named.has(name)) this.named.set(name, new Map());
    const kept = this.named.get(name);
    const at = (asked) => new URL(asked.url ?? asked, "https://phone").href;
    return {
      put: async (asked, answer) => void kept.set(at(asked), await answer.text()),
      match: async (asked) => (kept.has(at(asked)) ? new Response(kept.get(at(asked))) : undefined),
      keys: async () => [...kept.keys()].map((url) => ({ url })),
      delete: async (asked) => kept.delete(at(asked)),
    };
  }
  keys = async () => [...this.named.keys()];
  delete = async (name) => this.named.delete(name);
  text = () => [...this.named.values()].flatMap((kept) => [...kept]).join("\n");
}
