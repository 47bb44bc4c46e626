/**
 * Who asks and what they may: tokens, roles, the services and environments that a token is for, and the guard
 * before each route.
 */
package io.plumbline.pipeline.control.access;
