// What Node loads by its name when programs may run in machine code: no page ever does.
export { accelerator } from './backends/native/accelerator.js';
