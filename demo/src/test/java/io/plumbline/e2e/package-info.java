/**
 * Plumbline from outside: real JVMs under the real agent jar, the real command line, a real broker, a real OpenSearch, and
 * programs that nobody here wrote. Only what a user can touch is used.
 */
package io.plumbline.e2e;
