/**
 * Bytecode: finds the sites of a location, puts a bare call there, and generates the code that the call links to. Knows
 * nothing of what a hit becomes; that side is reached through the bridge's abstract types.
 */
package io.plumbline.agent.weave;
