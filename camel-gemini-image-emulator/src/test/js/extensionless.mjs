// The package of inference.sh imports its own files without their extension, which bundlers take and node does not.
export const resolve = async (specifier, context, next) => {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || !specifier.startsWith('.')) throw error;
    return next(`${specifier}.js`, context);
  }
};
