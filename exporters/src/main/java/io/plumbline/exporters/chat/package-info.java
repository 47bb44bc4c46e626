/** Texts of programs in messages for people: cut, and made into what shows them and does nothing. */
package io.plumbline.exporters.chat;
