/** Makes the topics in which agents and pipeline meet. */
package io.plumbline.pipeline.topics;
