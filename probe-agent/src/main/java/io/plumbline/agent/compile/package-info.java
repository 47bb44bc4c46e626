/**
 * Expressions into machine code: types them against the real classes of the running program and generates, for each site,
 * the hidden class that a hit runs. Everything is typed, nothing is boxed, and a null on the way leads to the one place
 * that says so.
 */
package io.plumbline.agent.compile;
