import { type Messages, setupI18n } from "@lingui/core";
import type { MessageKey } from "./areas";
import type { Language } from "./language";

/** Values of the placeholders of a message. */
export type Values = Readonly<Record<string, string | number>>;

/** The message of a key in the reader's language, its placeholders filled. */
export type Translate = (key: MessageKey, values?: Values) => string;

/** A translator over one compiled catalogue. `missing` hears of a key without a message; the key then stands for itself. */
export function translator(
  language: Language,
  messages: Messages,
  missing: (key: MessageKey) => void = () => undefined,
): Translate {
  const i18n = setupI18n({ locale: language, messages: { [language]: messages } });
  return (key, values) => {
    if (messages[key] === undefined) missing(key);
    return i18n._(key, values);
  };
}
