import { DECODERS } from "./family/decoders";
import { ENCODER_DECODERS } from "./family/encoderDecoders";
import { ENCODERS } from "./family/encoders";
import { IMAGES } from "./family/images";
import type { Member } from "./member";

/** The family tree, each branch in the order of its years. */
export const FAMILY: readonly Member[] = [...ENCODER_DECODERS, ...ENCODERS, ...DECODERS, ...IMAGES];
