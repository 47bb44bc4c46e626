/** Signatures of records in Kafka: what is signed, by whom it may be, and what is refused. */
package io.plumbline.config.signing;
