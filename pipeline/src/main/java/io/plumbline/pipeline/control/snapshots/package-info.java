/**
 * What snapshots of one probe have in common and what tells them apart. All but the routes is pure: plain values in, plain values out.
 */
package io.plumbline.pipeline.control.snapshots;
