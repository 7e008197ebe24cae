/** The part of a source that Node loads and calls: Node-API, declared by hand, so that no header is needed. */

/** The module is one function of the heap, a view from its first byte on, and so many integers. */
export const addon = (main: string, count: number, waits: boolean): string => `
typedef struct env *Env;
typedef struct value *Value;
typedef struct info *Info;
extern int napi_get_cb_info(Env, Info, __SIZE_TYPE__ *, Value *, Value *, void **);
extern int napi_get_typedarray_info(Env, Value, int *, __SIZE_TYPE__ *, void **, Value *, __SIZE_TYPE__ *);
extern int napi_get_value_int32(Env, Value, int *);
extern int napi_create_function(Env, const char *, __SIZE_TYPE__, Value (*)(Env, Info), void *, Value *);
extern int napi_throw_error(Env, const char *, const char *);
static Value problem(Env env, const char *text) { napi_throw_error(env, 0, text); return 0; }
static Value run(Env env, Info info) {
 __SIZE_TYPE__ given = ${count + 1};
 Value values[${count + 1}];
 void *heap = 0;
 int numbers[${count + 1}];
 if (napi_get_cb_info(env, info, &given, values, 0, 0) || given != ${count + 1})
  return problem(env, "expected the heap and ${count} integers");
 if (napi_get_typedarray_info(env, values[0], 0, 0, &heap, 0, 0) || !heap)
  return problem(env, "expected the heap as an array of bytes");
 for (int k = 0; k < ${count}; k++)
  if (napi_get_value_int32(env, values[k + 1], numbers + k)) return problem(env, "expected integers");
 ${waits ? 'if (' : ''}${main}(${['(P)heap', ...Array.from({ length: count }, (_, k) => `numbers[${k}]`)].join(', ')})${
   waits ? ') return problem(env, "another thread broke off")' : ''
 };
 return 0;
}
__attribute__((visibility("default"))) Value napi_register_module_v1(Env env, Value exports) {
 Value function;
 return napi_create_function(env, "run", 3, run, 0, &function) ? exports : function;
}
`;
