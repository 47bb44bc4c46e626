/** Bearer tokens of an OpenID provider: whose they are, whether they are good, and what their groups may do here. */
package io.plumbline.pipeline.control.oidc;
