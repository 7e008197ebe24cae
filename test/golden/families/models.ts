/** Models from Keras's JSON. */
import type { JsonObject } from '../../../src/core/fields.js';
import type { TrainableModel } from '../../../src/models/model.js';
import { myelin, supported, Unsupported } from '../library.js';

interface ModelClass {
  fromConfig(json: JsonObject, options: { readonly layers: typeof myelin }): TrainableModel;
}
/** Keras's `Functional` is what the library calls `Model`. */
const names: Readonly<Record<string, string>> = { Sequential: 'Sequential', Functional: 'Model' };

export function modelOf(json: JsonObject): TrainableModel {
  const found = (myelin as unknown as Record<string, ModelClass | undefined>)[
    names[String(json.class_name)] ?? ''
  ];
  if (!found) throw new Unsupported(`no class ${json.class_name}`);
  return supported(() => found.fromConfig(json, { layers: myelin }));
}
