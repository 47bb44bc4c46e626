/** What is copied into class loaders that hide the bridge. Knows {@code java.*} only. */
package io.plumbline.agent.door;
