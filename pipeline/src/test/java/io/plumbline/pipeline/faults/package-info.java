/** The fault matrix: whatever breaks between Kafka and a backend, for each exporter; numbered signals in, sets compared. */
package io.plumbline.pipeline.faults;
