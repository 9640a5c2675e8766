/** A language's messages, by its code: the first part, and the later one. */
declare module "virtual:messages/*" {
  export const messages: import("@lingui/core").Messages;
}
