/** What travels between agents and the rest: topics, and the reports, requests and replies on them. JSON, one value a record. */
package io.plumbline.config.wire;
