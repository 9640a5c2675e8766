import * as v from "valibot";

/** What the values of a link are made of, as the fragment spells them. */
export const count = v.pipe(
  v.string(),
  v.regex(/^\d{1,6}$/),
  v.transform((digits) => Number(digits)),
);

export const whole = (least: number, most: number) => v.pipe(count, v.minValue(least), v.maxValue(most));

export const decimal = (least: number, most: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,4}(\.\d{1,6})?$/),
    v.transform((digits) => Number(digits)),
    v.minValue(least),
    v.maxValue(most),
  );

export const flag = v.pipe(
  v.picklist(["true", "false"]),
  v.transform((word) => word === "true"),
);

export const text = v.pipe(v.string(), v.maxLength(1 << 20));

export const modelId = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/));
