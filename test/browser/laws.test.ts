/** Laws that hold in Node hold in a page, which has an engine of its own. */
import '../laws/accuracy.test.js';
import '../laws/backends.test.js';
import '../laws/edges.test.js';
import '../laws/sizes.test.js';
