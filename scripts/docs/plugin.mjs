// A plugin of typedoc. It arranges the reference by the files in which things are declared, so that no docstring needs a tag
// for it, names the entries as users import them, and gives guide pages their headings as titles.
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application, Comment, CommentTag, Converter, ReflectionKind, Renderer } from 'typedoc';
import { firstHeading } from './markdown.mjs';
import { paths, placeOf, reference } from './reference.mjs';

const sources = fileURLToPath(new URL('../../src', import.meta.url));
const guide = fileURLToPath(new URL('../../docs', import.meta.url));

/** Pages to which links to a folder lead, since a site lists no folders. Paths are relative to `docs`. */
const foldersShownBy = { 'lessons.md': '../examples', 'decisions/0001-tooling.md': 'decisions' };

/** Called by typedoc. */
export function load(app) {
  app.on(Application.EVENT_BOOTSTRAP_END, () => {
    app.options.setValue('groupOrder', [
      'Lessons',
      'Guide',
      'Modules',
      ...Object.keys(reference),
      '*',
      'Decisions',
    ]);
    app.options.setValue('categoryOrder', Object.values(reference).flatMap(namesOfCategories));
  });
  const declared = [];
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    if (reflection.kindOf(ReflectionKind.Module)) reflection.name = importName(reflection.name);
    if (!reflection.parent?.kindOf(ReflectionKind.Module) || reflection.isReference()) return;
    const [declaration] = context.getSymbolFromReflection(reflection)?.declarations ?? [];
    declared.push([reflection, relative(sources, declaration?.getSourceFile().fileName ?? '')]);
  });
  const documents = [];
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, document) => {
    placeDocument(document);
    documents.push(document);
  });
  // Not before the addresses of pages are made, which come from the names of files.
  app.renderer.on(Renderer.EVENT_BEGIN, () => {
    for (const document of documents) document.name = titleOf(document);
  });
  // Before typedoc collects groups, which it does at the end of the same event.
  app.converter.on(Converter.EVENT_RESOLVE_END, () => arrange(declared, app.logger), 100);
}

const namesOfCategories = (content) => (Array.isArray(content) ? [] : Object.keys(content));

/** `index` is `myelin`, `datasets` and `datasets/index` are `myelin/datasets`. */
const importName = (name) => (name === 'index' ? 'myelin' : `myelin/${name.replace(/\/index$/, '')}`);

function arrange(declared, logger) {
  const used = new Set();
  for (const [reflection, file] of declared) {
    const place = placeOf(file.replaceAll('\\', '/'), reflection.name);
    if (!place) {
      logger.error(
        `${reflection.name} of src/${file} has no place: add the file to scripts/docs/reference.mjs.`,
      );
      continue;
    }
    used.add(place.path);
    tag(reflection, '@group', place.group);
    if (place.category) tag(reflection, '@category', place.category);
  }
  const unused = paths.filter((path) => !used.has(path));
  for (const path of unused)
    logger.error(`scripts/docs/reference.mjs: nothing of ${path} is exported; remove it.`);
}

function tag(reflection, name, text) {
  reflection.comment ??= new Comment();
  reflection.comment.blockTags.push(new CommentTag(name, [{ kind: 'text', text }]));
}

function placeDocument(document) {
  const { files } = document.project;
  const file = relative(guide, files.getReflectionPath(document) ?? '').replaceAll('\\', '/');
  document.frontmatter.group = groupOf(file);
  const folder = foldersShownBy[file];
  if (folder) files.registerReflectionPath(resolve(guide, folder).replaceAll('\\', '/'), document);
}

const titleOf = ({ content, name }) => firstHeading(Comment.combineDisplayParts(content)) ?? name;

function groupOf(file) {
  if (file === 'lessons.md' || file.startsWith('lessons/')) return 'Lessons';
  return file.startsWith('decisions/') ? 'Decisions' : 'Guide';
}
