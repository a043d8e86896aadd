// In service all static files lie under one root; in the tree each face has its own. Modules imported after this find
// each other as they do in service.
import { register } from "node:module";

const hooks = `export function resolve(asked, context, next) {
  const url = asked.startsWith(".") ? new URL(asked, context.parentURL).href : asked;
  return next(url.replace("/faces/field/static/desk/", "/faces/desk/static/desk/"), context);
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
