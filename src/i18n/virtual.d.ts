declare module "virtual:messages/en" {
  export const messages: import("@lingui/core").Messages;
}

declare module "virtual:messages/zh" {
  export const messages: import("@lingui/core").Messages;
}

declare module "virtual:messages/en/later" {
  export const messages: import("@lingui/core").Messages;
}

declare module "virtual:messages/zh/later" {
  export const messages: import("@lingui/core").Messages;
}
