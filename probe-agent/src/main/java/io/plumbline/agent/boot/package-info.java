/** What the JVM calls: opens the bridge and the agent's own class loader, and starts the agent in it. */
package io.plumbline.agent.boot;
