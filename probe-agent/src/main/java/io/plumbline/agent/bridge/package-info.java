/**
 * The few classes that woven code can name. They live in the bootstrap class loader, know {@code java.*} only, and hold
 * no behaviour beyond what must run inside the application: linking, and abstract types that the agent implements.
 */
package io.plumbline.agent.bridge;
