/**
 * The expression language: Java expressions without side effects, and log templates with {@code {expression}} holes.
 * Here they are parsed and checked as far as that goes without the running class; types are the agent's part.
 */
package io.plumbline.config.expression;
