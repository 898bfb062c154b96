/** The controllers of Kubernetes that a local environment needs: the real ones where they are, else our own. */
@NullMarked
package io.velostream.local.controllers;

import org.jspecify.annotations.NullMarked;
