export { add, hide, multiply, scale } from "./elementwise";
export { activate } from "./activate";
export { matmul, packInOut, packOutIn } from "./matmul";
export { norm } from "./norm";
export { softmax } from "./softmax";
