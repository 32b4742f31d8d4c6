/** Lets a parameter's decorator document its method, so that header and documentation cannot drift apart. */
export function documentedBy(decorate: MethodDecorator): ParameterDecorator {
  return (target, key) => {
    if (key === undefined) return;
    const descriptor = Object.getOwnPropertyDescriptor(target, key);
    if (descriptor) decorate(target, key, descriptor);
  };
}
