import { AjvCompiler, type BuildCompilerFromPool } from '@fastify/ajv-compiler';
import { type SerializerFactory, SerializerSelector } from '@fastify/fast-json-stringify-compiler';

interface Validate {
  (data: unknown): boolean;
  /** Where Fastify looks for what was wrong with what it handed over last. */
  errors?: unknown;
}

type BuildValidator = (schemas: unknown, options: unknown) => (route: unknown) => Validate;

const buildValidator = AjvCompiler() as unknown as BuildValidator;
const buildSerializer = SerializerSelector();

const buildLateValidator: BuildValidator = (schemas, options) => {
  const compile = buildValidator(schemas, options);
  return (route) => {
    let validate: Validate | undefined;
    const late: Validate = (data) => {
      validate ??= compile(route);
      const isValid = validate(data);
      late.errors = validate.errors;
      return isValid;
    };
    return late;
  };
};

const buildLateSerializer: SerializerFactory = (schemas, options) => {
  const compile = buildSerializer(schemas, options);
  return (route) => {
    let serialize: ReturnType<typeof compile> | undefined;
    return (data) => {
      serialize ??= compile(route);
      return serialize(data);
    };
  };
};

/**
 * Fastify's own two compilers, each schema compiled when a request first needs it: there are hundreds, compiling them takes
 * most of a start, and after a crash nobody waits for more than the one they need.
 */
export const compileLate = {
  // The declared type is of what this compiler makes; Fastify asks for a function, and for `errors` beside it.
  buildValidator: buildLateValidator as unknown as BuildCompilerFromPool,
  buildSerializer: buildLateSerializer,
};
