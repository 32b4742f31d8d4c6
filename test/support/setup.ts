// Decorator metadata must exist before the first decorated class is loaded.
import 'reflect-metadata';
