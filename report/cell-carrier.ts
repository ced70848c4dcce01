/** Name of the attachment that carries a cell's result (JSON) from the test that ran it to the reporter. */
export const CELL_ATTACHMENT = 'conformance-cell';

/** Type of the annotation that names a test's cell by its `cellKey`. */
export const CELL_ANNOTATION = 'cell';
